<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="0" labelsEnabled="0">
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
      <symbol type="marker" name="0" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="196,67,43,217"/>
          <prop k="outline_color" v="255,255,255,230"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.8"/>
          <prop k="size_unit" v="MM"/>
          <prop k="scale_method" v="diameter"/>
          <data_defined_properties>
            <Option type="Map">
              <Option type="Map" name="properties">
                <Option type="Map" name="size">
                  <Option type="bool" name="active" value="true"/>
                  <Option type="int" name="type" value="3"/>
                  <Option type="QString" name="expression" value="4 * sqrt(&quot;confidence&quot;)"/>
                </Option>
              </Option>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="marker" name="1" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="106,61,154,217"/>
          <prop k="outline_color" v="255,255,255,230"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.8"/>
          <prop k="size_unit" v="MM"/>
          <prop k="scale_method" v="diameter"/>
          <data_defined_properties>
            <Option type="Map">
              <Option type="Map" name="properties">
                <Option type="Map" name="size">
                  <Option type="bool" name="active" value="true"/>
                  <Option type="int" name="type" value="3"/>
                  <Option type="QString" name="expression" value="4 * sqrt(&quot;confidence&quot;)"/>
                </Option>
              </Option>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="marker" name="2" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="11,114,133,217"/>
          <prop k="outline_color" v="255,255,255,230"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.8"/>
          <prop k="size_unit" v="MM"/>
          <prop k="scale_method" v="diameter"/>
          <data_defined_properties>
            <Option type="Map">
              <Option type="Map" name="properties">
                <Option type="Map" name="size">
                  <Option type="bool" name="active" value="true"/>
                  <Option type="int" name="type" value="3"/>
                  <Option type="QString" name="expression" value="4 * sqrt(&quot;confidence&quot;)"/>
                </Option>
              </Option>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="marker" name="3" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="43,138,94,217"/>
          <prop k="outline_color" v="255,255,255,230"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.8"/>
          <prop k="size_unit" v="MM"/>
          <prop k="scale_method" v="diameter"/>
          <data_defined_properties>
            <Option type="Map">
              <Option type="Map" name="properties">
                <Option type="Map" name="size">
                  <Option type="bool" name="active" value="true"/>
                  <Option type="int" name="type" value="3"/>
                  <Option type="QString" name="expression" value="4 * sqrt(&quot;confidence&quot;)"/>
                </Option>
              </Option>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="marker" name="4" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="138,109,29,217"/>
          <prop k="outline_color" v="255,255,255,230"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.8"/>
          <prop k="size_unit" v="MM"/>
          <prop k="scale_method" v="diameter"/>
          <data_defined_properties>
            <Option type="Map">
              <Option type="Map" name="properties">
                <Option type="Map" name="size">
                  <Option type="bool" name="active" value="true"/>
                  <Option type="int" name="type" value="3"/>
                  <Option type="QString" name="expression" value="4 * sqrt(&quot;confidence&quot;)"/>
                </Option>
              </Option>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="marker" name="5" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="91,102,112,217"/>
          <prop k="outline_color" v="255,255,255,230"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.8"/>
          <prop k="size_unit" v="MM"/>
          <prop k="scale_method" v="diameter"/>
          <data_defined_properties>
            <Option type="Map">
              <Option type="Map" name="properties">
                <Option type="Map" name="size">
                  <Option type="bool" name="active" value="true"/>
                  <Option type="int" name="type" value="3"/>
                  <Option type="QString" name="expression" value="4 * sqrt(&quot;confidence&quot;)"/>
                </Option>
              </Option>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </symbols>
    <source-symbol>
      <symbol type="marker" name="0" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="91,102,112,217"/>
          <prop k="outline_color" v="255,255,255,230"/>
          <prop k="size" v="2.8"/>
          <prop k="size_unit" v="MM"/>
          <data_defined_properties>
            <Option type="Map">
              <Option type="Map" name="properties">
                <Option type="Map" name="size">
                  <Option type="bool" name="active" value="true"/>
                  <Option type="int" name="type" value="3"/>
                  <Option type="QString" name="expression" value="4 * sqrt(&quot;confidence&quot;)"/>
                </Option>
              </Option>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </source-symbol>
    <data-defined-size-legend type="separated" valign="bottom" title="Confidence">
      <symbol type="marker" name="source" alpha="1">
        <layer class="SimpleMarker" enabled="1">
          <prop k="name" v="circle"/>
          <prop k="color" v="255,255,255,0"/>
          <prop k="outline_color" v="91,102,112,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="4"/>
        </layer>
      </symbol>
      <classes>
        <class size="2" label="25 %"/>
        <class size="2.828" label="50 %"/>
        <class size="4" label="100 %"/>
      </classes>
    </data-defined-size-legend>
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
    <field name="surface">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map"><Option type="List" name="map">
            <Option type="Map"><Option type="QString" value="water" name="Water"/></Option>
            <Option type="Map"><Option type="QString" value="ground" name="Ground"/></Option>
          </Option></Option>
        </config>
      </editWidget>
    </field>
    <field name="activity">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map"><Option type="List" name="map">
            <Option type="Map"><Option type="QString" value="bathing" name="Bathing"/></Option>
            <Option type="Map"><Option type="QString" value="boating" name="Boating"/></Option>
            <Option type="Map"><Option type="QString" value="bivouac" name="Bivouac"/></Option>
            <Option type="Map"><Option type="QString" value="hiking" name="Hiking"/></Option>
            <Option type="Map"><Option type="QString" value="shore rest" name="Shore rest"/></Option>
            <Option type="Map"><Option type="QString" value="fishing" name="Fishing"/></Option>
          </Option></Option>
        </config>
      </editWidget>
    </field>
    <field name="visibility">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map"><Option type="List" name="map">
            <Option type="Map"><Option type="QString" value="usable" name="Usable"/></Option>
            <Option type="Map"><Option type="QString" value="dark" name="Dark"/></Option>
            <Option type="Map"><Option type="QString" value="fog" name="Fog"/></Option>
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
    <alias field="lake" name="Lake"/>
    <alias field="camera_id" name="Camera (identifier)"/>
    <alias field="camera" name="Camera"/>
    <alias field="taken_at" name="Taken at (UTC)"/>
    <alias field="night" name="Bivouac night"/>
    <alias field="local_day" name="Day (local time)"/>
    <alias field="local_hour" name="Hour (local time)"/>
    <alias field="label" name="Label"/>
    <alias field="confidence" name="Confidence (0–1)"/>
    <alias field="network_confidence" name="Confidence of the network (0–1)"/>
    <alias field="plausibility" name="Plausibility of the size (0–1)"/>
    <alias field="model_id" name="Model"/>
    <alias field="surface" name="On"/>
    <alias field="height_m" name="Height (m)"/>
    <alias field="range_m" name="Distance from the camera (m)"/>
    <alias field="semi_major_m" name="Error along, 95 % (m)"/>
    <alias field="semi_minor_m" name="Error across, 95 % (m)"/>
    <alias field="azimuth_deg" name="Direction of the error (°)"/>
    <alias field="share_camera" name="Share of the camera in the error (0–1)"/>
    <alias field="share_pixel" name="Share of the pixel in the error (0–1)"/>
    <alias field="share_height" name="Share of the height in the error (0–1)"/>
    <alias field="share_extent" name="Share of the object in the error (0–1)"/>
    <alias field="calibration_id" name="Calibration"/>
    <alias field="zones" name="Zones"/>
    <alias field="activity" name="Activity"/>
    <alias field="activity_rule" name="Activity: the rule that said so"/>
    <alias field="visibility" name="State of the photo"/>
    <alias field="photo_id" name="Photo (SHA-256)"/>
    <alias field="box_x_px" name="Box: left (px)"/>
    <alias field="box_y_px" name="Box: top (px)"/>
    <alias field="box_width_px" name="Box: width (px)"/>
    <alias field="box_height_px" name="Box: height (px)"/>
  </aliases>
  <attributeactions>
    <actionsetting id="{5b0f6c1e-6a0e-4c3e-9d1f-000000000001}" type="5" name="Open the photo (persons blurred)" shortTitle="Photo" action="[% coalesce(@rivage_service, 'http://127.0.0.1:8686') %]/api/photos/[% &quot;photo_id&quot; %]/image" capture="0" isEnabledOnlyWhenEditable="0">
      <actionScope id="Canvas"/>
      <actionScope id="Feature"/>
    </actionsetting>
  </attributeactions>
  <attributetableconfig>
    <columns>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
      <column type="field" name="camera_id" hidden="1" width="-1"/>
      <column type="field" name="share_camera" hidden="1" width="-1"/>
      <column type="field" name="share_pixel" hidden="1" width="-1"/>
      <column type="field" name="share_height" hidden="1" width="-1"/>
      <column type="field" name="share_extent" hidden="1" width="-1"/>
      <column type="field" name="network_confidence" hidden="1" width="-1"/>
      <column type="field" name="photo_id" hidden="1" width="-1"/>
      <column type="field" name="box_x_px" hidden="1" width="-1"/>
      <column type="field" name="box_y_px" hidden="1" width="-1"/>
      <column type="field" name="box_width_px" hidden="1" width="-1"/>
      <column type="field" name="box_height_px" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <editorlayout>tablayout</editorlayout>
  <attributeEditorForm>
    <attributeEditorContainer name="Sighting" groupBox="0" columnCount="1" showLabel="1">
      <attributeEditorHtmlElement name="Sighting" showLabel="0"><![CDATA[<script>document.write('<img style="height: 240px" src="' + expression.evaluate("coalesce(@rivage_service, 'http://127.0.0.1:8686')") + '/api/detections/' + expression.evaluate('"fid"') + '/crop?width=320' + '">');</script>]]></attributeEditorHtmlElement>
      <attributeEditorField name="label" showLabel="1"/>
      <attributeEditorField name="confidence" showLabel="1"/>
      <attributeEditorField name="network_confidence" showLabel="1"/>
      <attributeEditorField name="plausibility" showLabel="1"/>
      <attributeEditorField name="taken_at" showLabel="1"/>
      <attributeEditorField name="night" showLabel="1"/>
      <attributeEditorField name="camera" showLabel="1"/>
      <attributeEditorField name="activity" showLabel="1"/>
      <attributeEditorField name="activity_rule" showLabel="1"/>
      <attributeEditorField name="zones" showLabel="1"/>
    </attributeEditorContainer>
    <attributeEditorContainer name="Photo" groupBox="0" columnCount="1" showLabel="1">
      <attributeEditorHtmlElement name="Photo" showLabel="0"><![CDATA[<script>document.write('<img style="height: 240px" src="' + expression.evaluate("coalesce(@rivage_service, 'http://127.0.0.1:8686')") + '/api/photos/' + expression.evaluate('"photo_id"') + '/image?width=640' + '">');</script>]]></attributeEditorHtmlElement>
      <attributeEditorField name="visibility" showLabel="1"/>
      <attributeEditorField name="photo_id" showLabel="1"/>
      <attributeEditorField name="box_x_px" showLabel="1"/>
      <attributeEditorField name="box_y_px" showLabel="1"/>
      <attributeEditorField name="box_width_px" showLabel="1"/>
      <attributeEditorField name="box_height_px" showLabel="1"/>
    </attributeEditorContainer>
    <attributeEditorContainer name="Place" groupBox="0" columnCount="1" showLabel="1">
      <attributeEditorField name="surface" showLabel="1"/>
      <attributeEditorField name="height_m" showLabel="1"/>
      <attributeEditorField name="range_m" showLabel="1"/>
      <attributeEditorField name="semi_major_m" showLabel="1"/>
      <attributeEditorField name="semi_minor_m" showLabel="1"/>
      <attributeEditorField name="azimuth_deg" showLabel="1"/>
      <attributeEditorField name="share_camera" showLabel="1"/>
      <attributeEditorField name="share_pixel" showLabel="1"/>
      <attributeEditorField name="share_height" showLabel="1"/>
      <attributeEditorField name="share_extent" showLabel="1"/>
    </attributeEditorContainer>
    <attributeEditorContainer name="Origin" groupBox="0" columnCount="1" showLabel="1">
      <attributeEditorField name="fid" showLabel="1"/>
      <attributeEditorField name="lake" showLabel="1"/>
      <attributeEditorField name="model_id" showLabel="1"/>
      <attributeEditorField name="calibration_id" showLabel="1"/>
    </attributeEditorContainer>
  </attributeEditorForm>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<img width="260" src="[% coalesce(@rivage_service, 'http://127.0.0.1:8686') %]/api/detections/[% "fid" %]/crop?width=260"><br>
<b>[% represent_value("label") %]</b> · [% round(100 * "confidence") %] %<br>
[% format_date(to_datetime("local_day") + make_interval(seconds:=round(3600 * "local_hour")), 'yyyy-MM-dd HH:mm') %] · [% "camera" %]<br>
± [% format_number("semi_major_m", 1) || ' m × ' || format_number("semi_minor_m", 1) || ' m' %]
<span style="color: #5b6670">error, 95 %</span><br>
[% coalesce(represent_value("activity"), '–') %] · [% coalesce("zones", '–') %]
</div>]]></mapTip>
</qgis>
