<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="0" labelsEnabled="0">
  <temporal enabled="1" mode="4" startExpression="make_datetime(year(&quot;night&quot;), month(&quot;night&quot;), day(&quot;night&quot;), 0, 0, 0)" endExpression="make_datetime(year(&quot;night&quot;), month(&quot;night&quot;), day(&quot;night&quot;), 23, 59, 59)" fixedDuration="0" durationUnit="min" accumulate="0" limitMode="0"/>
  <renderer-v2 type="categorizedSymbol" attr="if(&quot;by_day&quot;, 'camping', 'bivouac')">
    <categories>
      <category symbol="0" value="bivouac" label="Bivouac" render="true"/>
      <category symbol="1" value="camping" label="Stands by day too" render="true"/>
    </categories>
    <symbols>
      <symbol type="marker" name="0" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="triangle"/>
          <prop k="color" v="106,61,154,235"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="size" v="4"/>
          <prop k="size_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol type="marker" name="1" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="triangle"/>
          <prop k="color" v="217,130,43,235"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="size" v="4"/>
          <prop k="size_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <fieldConfiguration>
    <field name="first_seen">
      <editWidget type="DateTime">
        <config>
          <Option type="Map"><Option type="QString" name="display_format" value="yyyy-MM-dd HH:mm"/></Option>
        </config>
      </editWidget>
    </field>
    <field name="last_seen">
      <editWidget type="DateTime">
        <config>
          <Option type="Map"><Option type="QString" name="display_format" value="yyyy-MM-dd HH:mm"/></Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias field="fid" name="Number"/>
    <alias field="lake_id" name="Lake (identifier)"/>
    <alias field="lake" name="Lake"/>
    <alias field="night" name="Bivouac night"/>
    <alias field="thing" name="Tent (number)"/>
    <alias field="first_seen" name="First seen (UTC)"/>
    <alias field="last_seen" name="Last seen (UTC)"/>
    <alias field="by_day" name="Stands by day too"/>
    <alias field="frames" name="Photos"/>
    <alias field="cameras" name="Number of cameras"/>
    <alias field="camera_ids" name="Cameras (identifiers)"/>
    <alias field="sigma_east_m" name="Error towards east, 1 σ (m)"/>
    <alias field="sigma_north_m" name="Error towards north, 1 σ (m)"/>
    <alias field="zones" name="Zones"/>
    <alias field="model_id" name="Model"/>
  </aliases>
  <attributetableconfig>
    <columns>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
      <column type="field" name="thing" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<b>[% format_date("night", 'yyyy-MM-dd') %]</b> · [% "camera_ids" %]<br>
[% format_date("first_seen", 'yyyy-MM-dd HH:mm') %] → [% format_date("last_seen", 'yyyy-MM-dd HH:mm') %] UTC<br>
± [% format_number(2.45 * sqrt(("sigma_east_m" ^ 2 + "sigma_north_m" ^ 2) / 2), 1) || ' m' %]
<span style="color: #5b6670">error, 95 %</span><br>
[% coalesce("zones", '–') %]
</div>]]></mapTip>
</qgis>
