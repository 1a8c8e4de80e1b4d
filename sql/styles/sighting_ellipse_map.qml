<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="1" minScale="5000" maxScale="0" labelsEnabled="0">
  <temporal enabled="1" mode="1" startField="taken_at" fixedDuration="0" durationUnit="min" accumulate="0" limitMode="0"/>
  <renderer-v2 type="categorizedSymbol" attr="label">
    <categories>
      <category symbol="0" value="person" label="Person" render="true"/>
      <category symbol="1" value="tent" label="Tent" render="true"/>
      <category symbol="2" value="boat" label="Boat" render="true"/>
      <category symbol="3" value="board" label="Board" render="true"/>
      <category symbol="4" value="animal" label="Animal" render="true"/>
      <category symbol="5" value="" label="Other" render="true"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="196,67,43,20"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="196,67,43,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="106,61,154,20"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="106,61,154,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="11,114,133,20"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="11,114,133,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="3" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="43,138,94,20"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="43,138,94,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="4" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="138,109,29,20"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="138,109,29,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="5" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="91,102,112,20"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="91,102,112,140"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
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
    <field name="taken_at">
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
    <alias field="camera_id" name="Camera (identifier)"/>
    <alias field="taken_at" name="Taken at (UTC)"/>
    <alias field="night" name="Bivouac night"/>
    <alias field="local_day" name="Day (local time)"/>
    <alias field="local_hour" name="Hour (local time)"/>
    <alias field="label" name="Label"/>
    <alias field="confidence" name="Confidence (0–1)"/>
    <alias field="model_id" name="Model"/>
    <alias field="range_m" name="Distance from the camera (m)"/>
    <alias field="semi_major_m" name="Error along, 95 % (m)"/>
    <alias field="semi_minor_m" name="Error across, 95 % (m)"/>
    <alias field="azimuth_deg" name="Direction of the error (°)"/>
  </aliases>
  <attributetableconfig>
    <columns>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
      <column type="field" name="camera_id" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<b>[% represent_value("label") %]</b> · [% round(100 * "confidence") %] %<br>
± [% format_number("semi_major_m", 1) || ' m × ' || format_number("semi_minor_m", 1) || ' m' %]
<span style="color: #5b6670">error, 95 %</span>
</div>]]></mapTip>
</qgis>
