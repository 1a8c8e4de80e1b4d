<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="0" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer">
    <rules key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000200}">
      <rule symbol="0" label="Camera and where it looks" filter="&quot;calibration_id&quot; IS NOT NULL AND &quot;moved_since&quot; IS NULL" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000201}"/>
      <rule symbol="1" label="Camera that has moved: calibrate it again" filter="&quot;moved_since&quot; IS NOT NULL" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000202}"/>
      <rule symbol="2" label="Camera, not calibrated" filter="&quot;calibration_id&quot; IS NULL" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000203}"/>
    </rules>
    <symbols>
      <symbol type="marker" name="0" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="quarter_circle"/>
          <prop k="color" v="34,52,59,64"/>
          <prop k="outline_color" v="34,52,59,150"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="9"/>
          <prop k="size_unit" v="MM"/>
          <prop k="angle" v="45"/>
          <data_defined_properties>
            <Option type="Map">
              <Option type="Map" name="properties">
                <Option type="Map" name="angle">
                  <Option type="bool" name="active" value="true"/>
                  <Option type="int" name="type" value="3"/>
                  <Option type="QString" name="expression" value="&quot;heading_deg&quot; + 45"/>
                </Option>
              </Option>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="34,52,59,255"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_width" v="0.4"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="marker" name="1" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="quarter_circle"/>
          <prop k="color" v="34,52,59,64"/>
          <prop k="outline_color" v="34,52,59,150"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="9"/>
          <prop k="size_unit" v="MM"/>
          <prop k="angle" v="45"/>
          <data_defined_properties>
            <Option type="Map">
              <Option type="Map" name="properties">
                <Option type="Map" name="angle">
                  <Option type="bool" name="active" value="true"/>
                  <Option type="int" name="type" value="3"/>
                  <Option type="QString" name="expression" value="&quot;heading_deg&quot; + 45"/>
                </Option>
              </Option>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="196,67,43,90"/>
          <prop k="outline_color" v="196,67,43,255"/>
          <prop k="outline_width" v="0.6"/>
          <prop k="size" v="7"/>
          <prop k="size_unit" v="MM"/>
        </layer>
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="34,52,59,255"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_width" v="0.4"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="marker" name="2" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="255,255,255,255"/>
          <prop k="outline_color" v="34,52,59,255"/>
          <prop k="outline_width" v="0.6"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="name" isExpression="0" fontSize="8.5" fontSizeUnit="Point" fontItalic="0" fontWeight="75" textColor="34,52,59,255" textOpacity="1">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,200" bufferOpacity="1"/>
      </text-style>
      <placement placement="6" priority="8" dist="1.5" distUnits="MM"/>
      <rendering scaleVisibility="1" scaleMin="0" scaleMax="15000" drawLabels="1" displayAll="0" obstacle="0"/>
    </settings>
  </labeling>
  <fieldConfiguration>
    <field name="mounted_from">
      <editWidget type="DateTime">
        <config>
          <Option type="Map"><Option type="QString" name="display_format" value="yyyy-MM-dd HH:mm"/></Option>
        </config>
      </editWidget>
    </field>
    <field name="mounted_to">
      <editWidget type="DateTime">
        <config>
          <Option type="Map"><Option type="QString" name="display_format" value="yyyy-MM-dd HH:mm"/></Option>
        </config>
      </editWidget>
    </field>
    <field name="moved_since">
      <editWidget type="DateTime">
        <config>
          <Option type="Map"><Option type="QString" name="display_format" value="yyyy-MM-dd HH:mm"/></Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias field="fid" name="Number"/>
    <alias field="camera_id" name="Camera (identifier)"/>
    <alias field="name" name="Name"/>
    <alias field="lake_id" name="Lake (identifier)"/>
    <alias field="lake" name="Lake"/>
    <alias field="height_m" name="Height of the lens (m)"/>
    <alias field="position_sigma_m" name="Error of the surveyed place, 1 σ (m)"/>
    <alias field="interval_min" name="Time between photos (min)"/>
    <alias field="clock_time_zone" name="Time zone of the clock"/>
    <alias field="clock_offset_s" name="Clock ahead by (s)"/>
    <alias field="mounted_from" name="Mounted on (UTC)"/>
    <alias field="mounted_to" name="Taken down on (UTC)"/>
    <alias field="calibration_id" name="Calibration"/>
    <alias field="calibration_rmse_px" name="Error of the calibration (px)"/>
    <alias field="heading_deg" name="Direction of view (°)"/>
    <alias field="moved_since" name="Moved since (UTC)"/>
  </aliases>
  <attributetableconfig>
    <columns>
      <column type="field" name="camera_id" hidden="1" width="-1"/>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<b>[% "name" %]</b> · [% "lake" %]<br>
[% coalesce(round("heading_deg") || '°', '–') %] · [% coalesce("interval_min" || ' min', '–') %] · [% coalesce('± ' || format_number("calibration_rmse_px", 1) || ' px', '–') %]<br>
[% if("moved_since" IS NULL, '', format_date("moved_since", 'yyyy-MM-dd HH:mm') || ' UTC') %] <span style="color: #c4432b; [% if("moved_since" IS NULL, 'display: none', '') %]">has looked elsewhere since then: calibrate it again</span>
</div>]]></mapTip>
</qgis>
