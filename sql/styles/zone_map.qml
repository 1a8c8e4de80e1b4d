<qgis version="3.22.16" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="0" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="kind" enableorderby="1">
    <categories>
      <category symbol="0" value="water" label="Water" render="true"/>
      <category symbol="1" value="shore" label="Shore" render="true"/>
      <category symbol="2" value="trail" label="Trail" render="true"/>
      <category symbol="3" value="meadow" label="Meadow" render="true"/>
      <category symbol="4" value="bivouac-area" label="Bivouac area" render="true"/>
      <category symbol="5" value="no-bivouac" label="No bivouac" render="true"/>
      <category symbol="6" value="mask" label="Privacy mask" render="true"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="63,135,160,30"/>
          <prop k="style" v="solid"/>
          <prop k="outline_style" v="no"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="63,135,160,230"/>
          <prop k="line_width" v="0.5"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="capstyle" v="flat"/>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="194,154,74,30"/>
          <prop k="style" v="solid"/>
          <prop k="outline_style" v="no"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="194,154,74,230"/>
          <prop k="line_width" v="0.5"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="capstyle" v="flat"/>
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="140,90,60,30"/>
          <prop k="style" v="solid"/>
          <prop k="outline_style" v="no"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="140,90,60,230"/>
          <prop k="line_width" v="0.5"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="capstyle" v="flat"/>
          <prop k="use_custom_dash" v="1"/>
          <prop k="customdash" v="2;1"/>
          <prop k="customdash_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="3" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="122,154,79,30"/>
          <prop k="style" v="solid"/>
          <prop k="outline_style" v="no"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="122,154,79,230"/>
          <prop k="line_width" v="0.5"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="capstyle" v="flat"/>
        </layer>
      </symbol>
      <symbol type="fill" name="4" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="106,61,154,50"/>
          <prop k="style" v="solid"/>
          <prop k="outline_style" v="no"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="106,61,154,230"/>
          <prop k="line_width" v="0.5"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="capstyle" v="flat"/>
          <prop k="use_custom_dash" v="1"/>
          <prop k="customdash" v="1;1"/>
          <prop k="customdash_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="5" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="168,50,74,12"/>
          <prop k="style" v="solid"/>
          <prop k="outline_style" v="no"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="168,50,74,230"/>
          <prop k="line_width" v="0.5"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="capstyle" v="flat"/>
          <prop k="use_custom_dash" v="1"/>
          <prop k="customdash" v="0.5;1"/>
          <prop k="customdash_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="6" alpha="1">
        <layer class="SimpleFill" enabled="1">
          <prop k="color" v="74,79,85,60"/>
          <prop k="style" v="solid"/>
          <prop k="outline_style" v="no"/>
        </layer>
        <layer class="SimpleLine" enabled="1">
          <prop k="line_color" v="74,79,85,230"/>
          <prop k="line_width" v="0.5"/>
          <prop k="line_width_unit" v="MM"/>
          <prop k="joinstyle" v="round"/>
          <prop k="capstyle" v="flat"/>
          <prop k="use_custom_dash" v="1"/>
          <prop k="customdash" v="3;1"/>
          <prop k="customdash_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
    <orderby>
      <orderByClause asc="0" nullsFirst="0">"area_m2"</orderByClause>
    </orderby>
  </renderer-v2>
  <!-- names of small zones over them, of large ones along their inner side; the water has the name of its lake -->
  <labeling type="rule-based">
    <rules key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000300}">
      <rule description="" filter="&quot;kind&quot; IN ('bivouac-area', 'no-bivouac', 'mask')" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000301}">
        <settings calloutType="simple">
          <text-style fieldName="name" fontSize="8" fontSizeUnit="Point" fontWeight="50" textColor="34,52,59,255" textOpacity="1">
            <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,200" bufferOpacity="1"/>
          </text-style>
          <placement placement="1" priority="6" polygonPlacementFlags="2"/>
          <rendering scaleVisibility="1" scaleMin="0" scaleMax="10000" drawLabels="1" displayAll="0" obstacle="0"/>
      <dd_properties>
        <Option type="Map">
          <Option type="Map" name="properties">
            <Option type="Map" name="Color">
              <Option type="bool" name="active" value="true"/>
              <Option type="int" name="type" value="3"/>
              <Option type="QString" name="expression" value="darker(coalesce(map_get(map('water', '63,135,160', 'shore', '194,154,74', 'trail', '140,90,60', 'meadow', '122,154,79', 'bivouac-area', '106,61,154', 'no-bivouac', '168,50,74', 'mask', '74,79,85'), &quot;kind&quot;), '34,52,59'), 150)"/>
            </Option>
          </Option>
          <Option type="QString" name="type" value="collection"/>
        </Option>
      </dd_properties>
        </settings>
      </rule>
      <rule description="" filter="&quot;kind&quot; IN ('shore', 'trail', 'meadow')" key="{5b0f6c1e-6a0e-4c3e-9d1f-000000000302}">
        <settings calloutType="simple">
          <text-style fieldName="name" fontSize="8" fontSizeUnit="Point" fontWeight="50" textColor="34,52,59,255" textOpacity="1">
            <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,200" bufferOpacity="1"/>
          </text-style>
          <placement placement="7" placementFlags="2" priority="4" dist="0.4" distUnits="MM" maxCurvedCharAngleIn="40" maxCurvedCharAngleOut="-40" polygonPlacementFlags="2"/>
          <rendering scaleVisibility="1" scaleMin="0" scaleMax="10000" drawLabels="1" displayAll="0" obstacle="0"/>
      <dd_properties>
        <Option type="Map">
          <Option type="Map" name="properties">
            <Option type="Map" name="Color">
              <Option type="bool" name="active" value="true"/>
              <Option type="int" name="type" value="3"/>
              <Option type="QString" name="expression" value="darker(coalesce(map_get(map('water', '63,135,160', 'shore', '194,154,74', 'trail', '140,90,60', 'meadow', '122,154,79', 'bivouac-area', '106,61,154', 'no-bivouac', '168,50,74', 'mask', '74,79,85'), &quot;kind&quot;), '34,52,59'), 150)"/>
            </Option>
          </Option>
          <Option type="QString" name="type" value="collection"/>
        </Option>
      </dd_properties>
        </settings>
      </rule>
    </rules>
  </labeling>
  <fieldConfiguration>
    <field name="kind">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map"><Option type="List" name="map">
            <Option type="Map"><Option type="QString" value="water" name="Water"/></Option>
            <Option type="Map"><Option type="QString" value="shore" name="Shore"/></Option>
            <Option type="Map"><Option type="QString" value="trail" name="Trail"/></Option>
            <Option type="Map"><Option type="QString" value="meadow" name="Meadow"/></Option>
            <Option type="Map"><Option type="QString" value="bivouac-area" name="Bivouac area"/></Option>
            <Option type="Map"><Option type="QString" value="no-bivouac" name="No bivouac"/></Option>
            <Option type="Map"><Option type="QString" value="mask" name="Privacy mask"/></Option>
          </Option></Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias field="fid" name="Number"/>
    <alias field="zone_id" name="Zone (identifier)"/>
    <alias field="name" name="Name"/>
    <alias field="kind" name="Kind"/>
    <alias field="lake_id" name="Lake (identifier)"/>
    <alias field="lake" name="Lake"/>
    <alias field="area_m2" name="Area (m²)"/>
  </aliases>
  <attributetableconfig>
    <columns>
      <column type="field" name="lake_id" hidden="1" width="-1"/>
    </columns>
  </attributetableconfig>
  <mapTip><![CDATA[<div style="width: 260px; font: 13px sans-serif; color: #22343b">
<b>[% "name" %]</b><br>
[% represent_value("kind") %] · [% format_number("area_m2", 0) || ' m²' %]
</div>]]></mapTip>
</qgis>
