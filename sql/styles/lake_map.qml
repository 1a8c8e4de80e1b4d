<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="0" labelsEnabled="1">
  <renderer-v2 type="singleSymbol">
    <symbols>
      <symbol type="fill" name="0" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="188,216,224,235"/>
          <prop k="style" v="solid"/>
          <prop k="outline_style" v="no"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="95,147,166,90"/>
          <prop k="line_width" v="0.25"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="offset" v="1.2"/>
          <prop k="offset_unit" v="MM"/>
          <prop k="ring_filter" v="1"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="95,147,166,60"/>
          <prop k="line_width" v="0.25"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="offset" v="2.8"/>
          <prop k="offset_unit" v="MM"/>
          <prop k="ring_filter" v="1"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="95,147,166,32"/>
          <prop k="line_width" v="0.25"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="offset" v="4.8"/>
          <prop k="offset_unit" v="MM"/>
          <prop k="ring_filter" v="1"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="95,147,166,255"/>
          <prop k="line_width" v="0.5"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="name" isExpression="0" fontSize="10" fontSizeUnit="Point" fontItalic="1" fontWeight="50" textColor="47,95,115,255" textOpacity="1">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="188,216,224,200" bufferOpacity="1"/>
      </text-style>
      <placement placement="1" priority="5"/>
      <rendering scaleVisibility="1" scaleMin="0" scaleMax="50000" drawLabels="1" displayAll="0" obstacle="0"/>
    </settings>
  </labeling>
  <aliases>
    <alias field="fid" name="Number"/>
    <alias field="lake_id" name="Lake (identifier)"/>
    <alias field="name" name="Name"/>
    <alias field="water_level_m" name="Water level (m)"/>
    <alias field="water_level_sigma_m" name="Error of the water level, 1 σ (m)"/>
    <alias field="time_zone" name="Time zone"/>
  </aliases>
  <attributetableconfig>
    <columns>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<b>[% "name" %]</b><br>
[% format_number("water_level_m", 1) || ' m ± ' || format_number("water_level_sigma_m", 1) || ' m' %]
</div>]]></mapTip>
</qgis>
