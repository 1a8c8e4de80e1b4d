<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="0" labelsEnabled="0">
  <renderer-v2 type="RuleRenderer">
    <rules key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000999}">
      <rule label="Persons per photo" filter="&quot;label&quot; = 'person'" checkstate="1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001000}">
        <rule symbol="0" label="up to 0.03" filter="&quot;rate&quot; &gt; 0 AND &quot;rate&quot; &lt;= 0.03" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001010}"/>
        <rule symbol="1" label="0.03 – 0.1" filter="&quot;rate&quot; &gt; 0.03 AND &quot;rate&quot; &lt;= 0.1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001011}"/>
        <rule symbol="2" label="0.1 – 0.3" filter="&quot;rate&quot; &gt; 0.1 AND &quot;rate&quot; &lt;= 0.3" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001012}"/>
        <rule symbol="3" label="0.3 – 1" filter="&quot;rate&quot; &gt; 0.3 AND &quot;rate&quot; &lt;= 1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001013}"/>
        <rule symbol="4" label="over 1" filter="&quot;rate&quot; &gt; 1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001014}"/>
        <rule symbol="5" label="0: watched, nothing seen" filter="&quot;rate&quot; = 0" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001001}"/>
        <rule symbol="6" label="Not watched: not known" filter="&quot;rate&quot; IS NULL" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001002}"/>
      </rule>
      <rule label="Tents per night" filter="&quot;label&quot; = 'tent'" checkstate="0" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001100}">
        <rule symbol="7" label="up to 0.03" filter="&quot;rate&quot; &gt; 0 AND &quot;rate&quot; &lt;= 0.03" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001110}"/>
        <rule symbol="8" label="0.03 – 0.1" filter="&quot;rate&quot; &gt; 0.03 AND &quot;rate&quot; &lt;= 0.1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001111}"/>
        <rule symbol="9" label="0.1 – 0.3" filter="&quot;rate&quot; &gt; 0.1 AND &quot;rate&quot; &lt;= 0.3" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001112}"/>
        <rule symbol="10" label="0.3 – 1" filter="&quot;rate&quot; &gt; 0.3 AND &quot;rate&quot; &lt;= 1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001113}"/>
        <rule symbol="11" label="over 1" filter="&quot;rate&quot; &gt; 1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001114}"/>
        <rule symbol="12" label="0: watched, nothing seen" filter="&quot;rate&quot; = 0" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001101}"/>
        <rule symbol="13" label="Not watched: not known" filter="&quot;rate&quot; IS NULL" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001102}"/>
      </rule>
      <rule label="Boats per photo" filter="&quot;label&quot; = 'boat'" checkstate="0" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001200}">
        <rule symbol="14" label="up to 0.03" filter="&quot;rate&quot; &gt; 0 AND &quot;rate&quot; &lt;= 0.03" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001210}"/>
        <rule symbol="15" label="0.03 – 0.1" filter="&quot;rate&quot; &gt; 0.03 AND &quot;rate&quot; &lt;= 0.1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001211}"/>
        <rule symbol="16" label="0.1 – 0.3" filter="&quot;rate&quot; &gt; 0.1 AND &quot;rate&quot; &lt;= 0.3" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001212}"/>
        <rule symbol="17" label="0.3 – 1" filter="&quot;rate&quot; &gt; 0.3 AND &quot;rate&quot; &lt;= 1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001213}"/>
        <rule symbol="18" label="over 1" filter="&quot;rate&quot; &gt; 1" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001214}"/>
        <rule symbol="19" label="0: watched, nothing seen" filter="&quot;rate&quot; = 0" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001201}"/>
        <rule symbol="20" label="Not watched: not known" filter="&quot;rate&quot; IS NULL" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000001202}"/>
      </rule>
    </rules>
    <symbols>
      <symbol type="fill" name="0" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="250,208,150,185"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="240,150,90,200"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="222,112,70,210"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="3" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="190,62,48,220"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="4" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="130,25,35,230"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="5" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="255,255,255,110"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="91,102,112,90"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="6" alpha="1">
        <layer class="LinePatternFill" enabled="1">
          <prop k="angle" v="45"/>
          <prop k="distance" v="2"/>
          <prop k="distance_unit" v="MM"/>
          <prop k="line_width" v="0.15"/>
          <prop k="color" v="91,102,112,120"/>
          <symbol type="line" name="@6@0" alpha="1">
            <layer class="SimpleLine" enabled="1">
              <prop k="line_color" v="91,102,112,120"/>
              <prop k="line_width" v="0.15"/>
              <prop k="line_width_unit" v="MM"/>
            </layer>
          </symbol>
        </layer>
        <layer class="SimpleFill" enabled="1">
          <prop k="style" v="no"/>
          <prop k="outline_color" v="91,102,112,90"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="7" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="200,188,235,185"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="8" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="150,122,206,200"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="9" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="122,90,183,210"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="10" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="98,62,160,220"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="11" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="48,20,92,230"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="12" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="255,255,255,110"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="91,102,112,90"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="13" alpha="1">
        <layer class="LinePatternFill" enabled="1">
          <prop k="angle" v="45"/>
          <prop k="distance" v="2"/>
          <prop k="distance_unit" v="MM"/>
          <prop k="line_width" v="0.15"/>
          <prop k="color" v="91,102,112,120"/>
          <symbol type="line" name="@13@0" alpha="1">
            <layer class="SimpleLine" enabled="1">
              <prop k="line_color" v="91,102,112,120"/>
              <prop k="line_width" v="0.15"/>
              <prop k="line_width_unit" v="MM"/>
            </layer>
          </symbol>
        </layer>
        <layer class="SimpleFill" enabled="1">
          <prop k="style" v="no"/>
          <prop k="outline_color" v="91,102,112,90"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="14" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="178,216,222,185"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="15" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="120,182,194,200"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="16" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="62,146,164,210"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="17" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="11,114,133,220"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="18" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="4,68,82,230"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="19" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="255,255,255,110"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="91,102,112,90"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="20" alpha="1">
        <layer class="LinePatternFill" enabled="1">
          <prop k="angle" v="45"/>
          <prop k="distance" v="2"/>
          <prop k="distance_unit" v="MM"/>
          <prop k="line_width" v="0.15"/>
          <prop k="color" v="91,102,112,120"/>
          <symbol type="line" name="@20@0" alpha="1">
            <layer class="SimpleLine" enabled="1">
              <prop k="line_color" v="91,102,112,120"/>
              <prop k="line_width" v="0.15"/>
              <prop k="line_width_unit" v="MM"/>
            </layer>
          </symbol>
        </layer>
        <layer class="SimpleFill" enabled="1">
          <prop k="style" v="no"/>
          <prop k="outline_color" v="91,102,112,90"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.15"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <fieldConfiguration>
    <field name="label">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map"><Option type="List" name="map">
            <Option type="Map"><Option type="QString" value="person" name="Person"/></Option>
            <Option type="Map"><Option type="QString" value="tent" name="Tent"/></Option>
            <Option type="Map"><Option type="QString" value="boat" name="Boat"/></Option>
            <Option type="Map"><Option type="QString" value="board" name="Board"/></Option>
            <Option type="Map"><Option type="QString" value="animal" name="Animal"/></Option>
          </Option></Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias field="fid" name="Number"/>
    <alias field="lake_id" name="Lake (identifier)"/>
    <alias field="lake" name="Lake"/>
    <alias field="label" name="Label"/>
    <alias field="cell" name="Hexagon"/>
    <alias field="count" name="Seen"/>
    <alias field="frames" name="Photos that see it"/>
    <alias field="nights" name="Nights watched"/>
    <alias field="rate" name="Per photo or night"/>
    <alias field="width_m" name="Width (m)"/>
  </aliases>
  <attributetableconfig>
    <columns>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
      <column type="field" name="cell" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<b>[% represent_value("label") %]</b> · [% coalesce(format_number("rate", 3), '–') %] <span style="color: #5b6670">per photo, for tents per night</span><br>
<span style="color: #5b6670">seen:</span> [% coalesce("count", '–') %]
</div>]]></mapTip>
</qgis>
