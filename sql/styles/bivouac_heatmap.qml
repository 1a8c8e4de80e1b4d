<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="0" labelsEnabled="1">
  <!-- a night is shown on the day on which it begins; by expressions, as dates and times compare differently by source -->
  <temporal enabled="1" mode="4" startExpression="make_datetime(year(&quot;night&quot;), month(&quot;night&quot;), day(&quot;night&quot;), 0, 0, 0)" endExpression="make_datetime(year(&quot;night&quot;), month(&quot;night&quot;), day(&quot;night&quot;), 23, 59, 59)" fixedDuration="0" durationUnit="min" accumulate="0" limitMode="0"/>
  <renderer-v2 type="heatmapRenderer" weight_expression="weight" radius="20" radius_unit="7" max_value="100" quality="2">
    <colorramp type="gradient" name="[source]">
      <prop k="color1" v="226,220,245,0"/>
      <prop k="color2" v="36,10,68,232"/>
      <prop k="discrete" v="0"/>
      <prop k="rampType" v="gradient"/>
      <prop k="stops" v="0.01;200,188,235,140:0.02;177,158,221,160:0.05;150,122,206,179:0.1;122,90,183,192:0.2;98,62,160,204:0.5;68,36,122,220"/>
    </colorramp>
    <rampLegendSettings minimumLabel="0 tent-nights" maximumLabel="100 tent-nights or more" direction="0" orientation="2" useContinuousLegend="1"/>
  </renderer-v2>
  <!-- QGIS 3.22 lists no colours of a heatmap: these labels are never drawn, they are its legend -->
  <labeling type="rule-based">
    <rules key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000100}">
      <rule description="1 tent-night" active="0" filter="FALSE" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000101}">
        <settings calloutType="simple">
          <text-style legendString="█" fieldName="''" isExpression="1" fontSize="12" fontSizeUnit="Point" fontWeight="50" textColor="200,188,235,255" textOpacity="0.55"/>
        </settings>
      </rule>
      <rule description="2" active="0" filter="FALSE" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000102}">
        <settings calloutType="simple">
          <text-style legendString="█" fieldName="''" isExpression="1" fontSize="12" fontSizeUnit="Point" fontWeight="50" textColor="177,158,221,255" textOpacity="0.63"/>
        </settings>
      </rule>
      <rule description="5" active="0" filter="FALSE" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000103}">
        <settings calloutType="simple">
          <text-style legendString="█" fieldName="''" isExpression="1" fontSize="12" fontSizeUnit="Point" fontWeight="50" textColor="150,122,206,255" textOpacity="0.70"/>
        </settings>
      </rule>
      <rule description="10" active="0" filter="FALSE" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000104}">
        <settings calloutType="simple">
          <text-style legendString="█" fieldName="''" isExpression="1" fontSize="12" fontSizeUnit="Point" fontWeight="50" textColor="122,90,183,255" textOpacity="0.75"/>
        </settings>
      </rule>
      <rule description="20" active="0" filter="FALSE" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000105}">
        <settings calloutType="simple">
          <text-style legendString="█" fieldName="''" isExpression="1" fontSize="12" fontSizeUnit="Point" fontWeight="50" textColor="98,62,160,255" textOpacity="0.80"/>
        </settings>
      </rule>
      <rule description="50" active="0" filter="FALSE" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000106}">
        <settings calloutType="simple">
          <text-style legendString="█" fieldName="''" isExpression="1" fontSize="12" fontSizeUnit="Point" fontWeight="50" textColor="68,36,122,255" textOpacity="0.86"/>
        </settings>
      </rule>
      <rule description="100 tent-nights or more" active="0" filter="FALSE" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000107}">
        <settings calloutType="simple">
          <text-style legendString="█" fieldName="''" isExpression="1" fontSize="12" fontSizeUnit="Point" fontWeight="50" textColor="36,10,68,255" textOpacity="0.91"/>
        </settings>
      </rule>
    </rules>
  </labeling>
  <legend type="default-vector" showLabelLegend="1"/>
  <fieldConfiguration>
    <field name="night">
      <editWidget type="DateTime">
        <config>
          <Option type="Map"><Option type="QString" name="display_format" value="yyyy-MM-dd"/></Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias field="fid" name="Number"/>
    <alias field="lake_id" name="Lake (identifier)"/>
    <alias field="lake" name="Lake"/>
    <alias field="camera_ids" name="Cameras (identifiers)"/>
    <alias field="night" name="Bivouac night"/>
    <alias field="weight" name="Tent-nights"/>
    <alias field="zones" name="Zones"/>
    <alias field="model_id" name="Model"/>
    <alias field="thing" name="Tent (number)"/>
  </aliases>
  <attributetableconfig>
    <columns>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
      <column type="field" name="camera_ids" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<b>[% format_date("night", 'yyyy-MM-dd') %]</b> · [% "weight" %] <span style="color: #5b6670">tent-night</span><br>
[% coalesce("zones", '–') %]
</div>]]></mapTip>
</qgis>
