<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="0" labelsEnabled="1">
  <temporal enabled="1" mode="2" startField="first_seen" endField="last_seen" fixedDuration="0" durationUnit="min" accumulate="0" limitMode="0"/>
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
      <symbol type="marker" name="0" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="square"/>
          <prop k="color" v="196,67,43,235"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol type="marker" name="1" alpha="1">
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
      <symbol type="marker" name="2" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="square"/>
          <prop k="color" v="11,114,133,235"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol type="marker" name="3" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="square"/>
          <prop k="color" v="43,138,94,235"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol type="marker" name="4" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="square"/>
          <prop k="color" v="138,109,29,235"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol type="marker" name="5" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="square"/>
          <prop k="color" v="91,102,112,235"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="round(&quot;duration_h&quot;) || ' h'" isExpression="1" fontSize="7.5" fontSizeUnit="Point" fontItalic="0" fontWeight="50" textColor="34,52,59,255" textOpacity="1">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,200" bufferOpacity="1"/>
      </text-style>
      <placement placement="6" priority="8" dist="0.6" distUnits="MM"/>
      <rendering scaleVisibility="1" scaleMin="0" scaleMax="1500" drawLabels="1" displayAll="0" obstacle="0"/>
    </settings>
  </labeling>
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
    <alias field="thing" name="Thing (number)"/>
    <alias field="lake_id" name="Lake (identifier)"/>
    <alias field="lake" name="Lake"/>
    <alias field="camera_id" name="Camera (identifier)"/>
    <alias field="camera" name="Camera"/>
    <alias field="label" name="Label"/>
    <alias field="model_id" name="Model"/>
    <alias field="first_seen" name="First seen (UTC)"/>
    <alias field="last_seen" name="Last seen (UTC)"/>
    <alias field="duration_h" name="Duration, at least (h)"/>
    <alias field="frames" name="Photos"/>
    <alias field="sigma_east_m" name="Error towards east, 1 σ (m)"/>
    <alias field="sigma_north_m" name="Error towards north, 1 σ (m)"/>
    <alias field="zones" name="Zones"/>
  </aliases>
  <attributetableconfig>
    <columns>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
      <column type="field" name="camera_id" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <editorlayout>tablayout</editorlayout>
  <attributeEditorForm>
    <attributeEditorContainer name="Stay" groupBox="0" columnCount="1" showLabel="1">
      <attributeEditorField name="label" showLabel="1"/>
      <attributeEditorField name="first_seen" showLabel="1"/>
      <attributeEditorField name="last_seen" showLabel="1"/>
      <attributeEditorField name="duration_h" showLabel="1"/>
      <attributeEditorField name="frames" showLabel="1"/>
      <attributeEditorField name="zones" showLabel="1"/>
    </attributeEditorContainer>
    <attributeEditorContainer name="Place" groupBox="0" columnCount="1" showLabel="1">
      <attributeEditorField name="sigma_east_m" showLabel="1"/>
      <attributeEditorField name="sigma_north_m" showLabel="1"/>
    </attributeEditorContainer>
    <attributeEditorContainer name="Origin" groupBox="0" columnCount="1" showLabel="1">
      <attributeEditorField name="fid" showLabel="1"/>
      <attributeEditorField name="camera" showLabel="1"/>
      <attributeEditorField name="lake" showLabel="1"/>
      <attributeEditorField name="model_id" showLabel="1"/>
    </attributeEditorContainer>
  </attributeEditorForm>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<b>[% represent_value("label") %]</b> · ≥ [% format_number("duration_h", 1) || ' h' %]<br>
[% format_date("first_seen", 'yyyy-MM-dd HH:mm') %] → [% format_date("last_seen", 'yyyy-MM-dd HH:mm') %] UTC<br>
[% "frames" %] <span style="color: #5b6670">photos</span> · [% "camera" %]<br>
± [% format_number(2.45 * sqrt(("sigma_east_m" ^ 2 + "sigma_north_m" ^ 2) / 2), 1) || ' m' %]
<span style="color: #5b6670">error, 95 %</span><br>
[% coalesce("zones", '–') %]
</div>]]></mapTip>
</qgis>
