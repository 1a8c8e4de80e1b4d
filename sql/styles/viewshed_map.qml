<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="0" labelsEnabled="0">
  <renderer-v2 type="singleSymbol">
    <symbols>
      <symbol type="fill" name="0" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="240,200,90,42"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="34,52,59,90"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.2"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <aliases>
    <alias field="fid" name="Number"/>
    <alias field="lake_id" name="Lake (identifier)"/>
    <alias field="lake" name="Lake"/>
    <alias field="camera_id" name="Camera (identifier)"/>
    <alias field="camera" name="Camera"/>
    <alias field="calibration_id" name="Calibration"/>
    <alias field="area_m2" name="Area (m²)"/>
    <alias field="cell_m" name="Size of a cell (m)"/>
  </aliases>
  <attributetableconfig>
    <columns>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
      <column type="field" name="camera_id" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<b>[% "camera" %]</b><br>
<span style="color: #5b6670">sees</span> [% format_number("area_m2", 0) || ' m²' %]
</div>]]></mapTip>
</qgis>
