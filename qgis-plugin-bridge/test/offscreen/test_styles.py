"""Every style of the service in real QGIS: from PostgreSQL as QGIS finds it, and by its address on OGC API layers."""
from __future__ import annotations

import os
import unittest
import urllib.request
from pathlib import Path

from real_service import RIVAGE_URL, ask, needs_service

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDataSourceUri,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsLayerTree,
    QgsLayerTreeModel,
    QgsLayout,
    QgsLayoutExporter,
    QgsLayoutItemLegend,
    QgsLayoutSize,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtXml import QDomDocument

SHOTS = os.environ.get('RIVAGE_SHOTS', '')
DATABASE_USER = os.environ.get('RIVAGE_DATABASE_USER', 'postgres')
LANGUAGES = ('en', 'fr')

RENDERERS = {
    'sighting_map': 'categorizedSymbol', 'sighting_ellipse_map': 'categorizedSymbol', 'stay_map': 'categorizedSymbol',
    'tent_night': 'categorizedSymbol',
    'zone_map': 'categorizedSymbol', 'camera_map': 'RuleRenderer', 'density_map': 'RuleRenderer',
    'bivouac_heatmap': 'heatmapRenderer', 'lake_map': 'singleSymbol', 'viewshed_map': 'singleSymbol',
}
LEGENDS = {
    'sighting_map': {
        'en': ['Confidence', '25 %', '50 %', '100 %', 'Person', 'Tent', 'Boat', 'Board', 'Animal', 'Other'],
        'fr': ['Confiance', '25 %', '50 %', '100 %', 'Personne', 'Tente', 'Bateau', 'Planche', 'Animal', 'Autre']},
    'bivouac_heatmap': {
        'en': ['1 tent-night', '2', '5', '10', '20', '50', '100 tent-nights or more'],
        'fr': ['1 nuitée de tente', '2', '5', '10', '20', '50', '100 nuitées de tente ou plus']},
    'tent_night': {'en': ['Bivouac', 'Stands by day too'], 'fr': ['Bivouac', 'Reste aussi le jour']},
    'zone_map': {
        'en': ['Water', 'Shore', 'Trail', 'Meadow', 'Bivouac area', 'No bivouac', 'Privacy mask'],
        'fr': ['Eau', 'Rive', 'Sentier', 'Prairie', 'Aire de bivouac', 'Bivouac interdit',
               'Masque de confidentialité']},
    'camera_map': {
        'en': ['Camera and where it looks', 'Camera that has moved: calibrate it again', 'Camera, not calibrated'],
        'fr': ['Appareil et direction de visée', 'Appareil qui a bougé : à calibrer de nouveau',
               'Appareil non calibré']},
}


def fetch_style(href: str, language: str) -> bytes:
    """A QML as the service gives it."""
    request = urllib.request.Request(RIVAGE_URL + href, headers={'Accept-Language': language})
    with urllib.request.urlopen(request, timeout=60) as answer:  # nosec
        return answer.read()


def apply_style(layer: QgsVectorLayer, qml: bytes) -> QgsVectorLayer:
    """Styles a layer, or fails with QGIS's reason."""
    document = QDomDocument()
    document.setContent(qml)
    done, why = layer.importNamedStyle(document)
    if not done:
        raise AssertionError(why)
    return layer


def open_postgis(told: dict) -> QgsVectorLayer:
    """The view itself, with what QGIS finds for it in layer_styles."""
    source = told['source']
    uri = QgsDataSourceUri()
    uri.setConnection(source['host'], str(source['port']), source['database'], DATABASE_USER, '')
    uri.setDataSource(source['schema'], source['table'], told['geometryColumn'], '', told['key'])
    uri.setSrid(str(told['srid']))
    uri.setWkbType(QgsWkbTypes.parseType(told['geometryType']))
    uri.setUseEstimatedMetadata(True)
    uri.setParam('checkPrimaryKeyUnicity', '0')
    layer = QgsVectorLayer(uri.uri(False), told['title'], 'postgres')
    # once more: 3.22 drops the time of a style that it loads by itself
    layer.loadDefaultStyle()
    return layer


def open_ogc(told: dict) -> QgsVectorLayer:
    """The same features through the service."""
    uri = QgsDataSourceUri()
    for name, value in {'url': f'{RIVAGE_URL}/ogc', 'typename': told['id'], 'pagingEnabled': 'true',
                        'pageSize': '10000'}.items():
        uri.setParam(name, value)
    return QgsVectorLayer(uri.uri(False), told['title'], 'OAPIF')


def list_legend(layer: QgsVectorLayer) -> list[str]:
    """Texts of the legend as the layer panel has them."""
    root = QgsLayerTree()
    node = root.addLayer(layer)
    model = QgsLayerTreeModel(root)
    return [legend.data(Qt.ItemDataRole.DisplayRole) for legend in model.layerLegendNodes(node)]


def draw(layers: list[QgsVectorLayer], extent: QgsRectangle, crs: str = 'EPSG:2154', *,
         size: tuple[int, int] = (1100, 800)) -> QImage:
    """A map of layers; `extent` in `crs`."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    settings.setBackgroundColor(QColor('#e9e8df'))
    settings.setOutputSize(QSize(*size))
    settings.setOutputDpi(120)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    if job.errors():
        raise AssertionError([error.message for error in job.errors()])
    return job.renderedImage()


def draw_legend(layers: list[QgsVectorLayer], file: Path) -> None:
    """The legend as a print layout draws it."""
    layout = QgsLayout(QgsProject.instance())
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(250, 400))
    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    root = legend.model().rootGroup()
    root.clear()
    for layer in layers:
        root.addLayer(layer)
    layout.addLayoutItem(legend)
    legend.attemptResize(QgsLayoutSize(240, 390))
    legend.updateLegend()
    legend.adjustBoxSize()
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 130
    settings.cropToContents = True
    # the first time, items only learn their size
    for _ in range(2):
        QgsLayoutExporter(layout).exportToImage(str(file), settings)


@needs_service
class Styles(unittest.TestCase):
    """One layer after the other, in both languages, from both sources."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.catalogue = {language: {layer['id']: layer for layer in ask('/api/layers', language)['layers']}
                         for language in LANGUAGES}
        cls.opened: dict = {}
        cls.on_server = cls.catalogue['en']['lake_map']['source']['kind'] == 'postgis'

    def style_of(self, name: str, language: str) -> bytes:
        """The QML of a layer."""
        return fetch_style(self.catalogue[language][name]['style']['href'], language)

    def open(self, name: str, language: str, opener=None) -> QgsVectorLayer:
        """A layer with the style of a language; opened once, styled each time."""
        opener = opener or (open_postgis if self.on_server else open_ogc)
        if (name, opener) not in self.opened:
            self.opened[name, opener] = opener(self.catalogue['en'][name])
        layer = self.opened[name, opener]
        self.assertTrue(layer.isValid(), name)
        layer.setSubsetString('')
        if layer.wkbType() == QgsWkbTypes.Type.NoGeometry:
            self.skipTest(f'{name} has no features yet')
        return apply_style(layer, self.style_of(name, language))

    def each(self, check, names=RENDERERS) -> None:
        """Calls `check(name, language, layer)` for every style, source and language."""
        for name in names:
            for opener in [open_ogc, open_postgis] if self.on_server else [open_ogc]:
                for language in LANGUAGES:
                    with self.subTest(layer=name, language=language, source=opener.__name__):
                        check(name, language, self.open(name, language, opener))

    def test_every_map_view_has_its_style(self) -> None:
        self.assertEqual(sorted(RENDERERS), sorted(self.catalogue['en']))
        for layer in self.catalogue['en'].values():
            self.assertEqual(layer['style']['name'], 'Rivage')

    def test_hexagons_and_single_tents_are_not_shown_unasked(self) -> None:
        hidden = [name for name, layer in self.catalogue['en'].items() if not layer['visible']]
        self.assertEqual(hidden, ['tent_night', 'density_map'])

    def test_qgis_reads_every_style_as_it_is_meant(self) -> None:
        def check(name: str, _language: str, layer: QgsVectorLayer) -> None:
            self.assertEqual(layer.renderer().type(), RENDERERS[name])

        self.each(check)

    def test_legends_speak_both_languages(self) -> None:
        def check(name: str, language: str, layer: QgsVectorLayer) -> None:
            self.assertEqual(list_legend(layer), LEGENDS[name][language])

        self.each(check, LEGENDS)

    def test_the_legend_of_the_heatmap_has_the_colours_that_it_draws(self) -> None:
        layer = self.open('bivouac_heatmap', 'en')
        renderer = layer.renderer()
        for rule in layer.labeling().rootRule().children():
            nights = int(rule.description().split()[0])
            drawn = renderer.colorRamp().color(nights / renderer.maximumValue())
            listed = rule.settings().format()
            self.assertEqual(listed.color().name(), QColor(drawn.rgb()).name(), nights)
            self.assertAlmostEqual(listed.opacity(), drawn.alphaF(), delta=0.01)

    def test_the_legend_of_hexagons_tells_nothing_seen_from_nobody_looked(self) -> None:
        nothing_seen = {'en': '0: watched, nothing seen', 'fr': '0 : surveillé, rien vu'}
        not_watched = {'en': 'Not watched: not known', 'fr': 'Non surveillé : inconnu'}

        def check(_name: str, language: str, layer: QgsVectorLayer) -> None:
            texts = list_legend(layer)
            self.assertEqual([texts.count(words[language]) for words in (nothing_seen, not_watched)], [3, 3])

        self.each(check, ['density_map'])

    def test_every_field_has_a_name_for_people(self) -> None:
        def check(_name: str, _language: str, layer: QgsVectorLayer) -> None:
            # OGC API layers have the key twice
            fields = [field for field in layer.fields() if field.name() != 'id']
            self.assertEqual([field.name() for field in fields if not field.alias()], [])

        self.each(check)

    def test_time_moves_the_layers_that_have_one(self) -> None:
        def check(name: str, _language: str, layer: QgsVectorLayer) -> None:
            told, time = self.catalogue['en'][name], layer.temporalProperties()
            self.assertEqual(time.isActive(), told['timeField'] is not None)
            if name in ('bivouac_heatmap', 'tent_night'):
                self.assertIn('"night"', time.startExpression())
            elif time.isActive():
                self.assertEqual((time.startField(), time.endField() or None),
                                 (told['timeField'], told['timeEndField']))

        self.each(check)

    def test_map_tips_are_filled_in_the_language(self) -> None:
        words = {'en': {'person': 'Person', 'tent': 'Tent', 'boat': 'Boat', 'animal': 'Animal'},
                 'fr': {'person': 'Personne', 'tent': 'Tente', 'boat': 'Bateau', 'animal': 'Animal'}}

        def check(name: str, language: str, layer: QgsVectorLayer) -> None:
            feature = next(layer.getFeatures(), None)
            if feature is None:
                self.skipTest(f'{name} has no features yet')
            tip = self.tip_of(layer, feature)
            self.assertNotIn('[%', tip)
            if layer.fields().indexOf('label') >= 0:
                self.assertIn(f"<b>{words[language][feature['label']]}</b>", tip)

        self.each(check)

    def tip_of(self, layer: QgsVectorLayer, feature: QgsFeature) -> str:
        """What QGIS shows for a feature under the pointer."""
        context = QgsExpressionContext()
        context.appendScope(QgsExpressionContextUtils.globalScope())
        context.appendScope(QgsExpressionContextUtils.layerScope(layer))
        context.setFields(layer.fields())
        context.setFeature(feature)
        return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)

    def test_a_map_tip_shows_the_blurred_crop_from_the_service_of_the_layer(self) -> None:
        def check(_name: str, _language: str, layer: QgsVectorLayer) -> None:
            QgsExpressionContextUtils.setLayerVariable(layer, 'rivage_service', RIVAGE_URL)
            feature = next(layer.getFeatures())
            tip = self.tip_of(layer, feature)
            self.assertIn(f"{RIVAGE_URL}/api/detections/{feature['fid']}/crop", tip)
            self.assertIn('± ', tip)

        self.each(check, ['sighting_map'])

    def test_a_style_loaded_again_keeps_the_service_of_the_layer(self) -> None:
        layer = self.open('sighting_map', 'en')
        QgsExpressionContextUtils.setLayerVariable(layer, 'rivage_service', 'http://lake.example:1')
        self.open('sighting_map', 'fr')
        self.assertIn('http://lake.example:1/api/', self.tip_of(layer, next(layer.getFeatures())))

    def test_postgis_layers_find_their_style_by_themselves(self) -> None:
        if not self.on_server:
            self.skipTest('the service has its embedded database')
        for name in RENDERERS:
            layer = open_postgis(self.catalogue['en'][name])
            with self.subTest(layer=name):
                self.assertEqual(layer.renderer().type(), RENDERERS[name])
                self.assertEqual(layer.temporalProperties().isActive(),
                                 self.catalogue['en'][name]['timeField'] is not None)
                found = layer.listStylesInDatabase()[2]
                self.assertTrue({'Rivage', 'Rivage (français)'} <= set(found), found)

    def test_ellipses_show_when_near(self) -> None:
        layer = self.open('sighting_ellipse_map', 'en')
        self.assertTrue(layer.isInScaleRange(4000))
        self.assertFalse(layer.isInScaleRange(25000))

    def test_a_day_of_the_temporal_controller_shows_the_bivouac_night_that_begins_on_it(self) -> None:
        def check(_name: str, _language: str, layer: QgsVectorLayer) -> None:
            nights = sorted({feature['night'].toString(Qt.DateFormat.ISODate) for feature in layer.getFeatures()})
            night = nights[len(nights) // 2]
            midnight = QDateTime(QDate.fromString(night, Qt.DateFormat.ISODate), QTime(0, 0), Qt.TimeSpec.UTC)
            hour = midnight.addSecs(20 * 3600)
            for first, last in ((midnight, midnight.addDays(1)), (hour, hour.addSecs(3600))):
                frame = QgsDateTimeRange(first, last, True, False)
                self.assertEqual(self.list_shown(layer, frame, 'night'), {night})

        self.each(check, ['bivouac_heatmap', 'tent_night'])

    def test_an_hour_of_the_temporal_controller_shows_its_photos_alone(self) -> None:
        def check(_name: str, _language: str, layer: QgsVectorLayer) -> None:
            photo = next(layer.getFeatures())['taken_at']
            start = QDateTime(photo.date(), QTime(photo.time().hour(), 0), Qt.TimeSpec.UTC)
            shown = self.list_shown(layer, QgsDateTimeRange(start, start.addSecs(3600), True, False), 'taken_at')
            self.assertEqual({time[:13] for time in shown}, {start.toString(Qt.DateFormat.ISODate)[:13]})

        self.each(check, ['sighting_map', 'sighting_ellipse_map'])

    def list_shown(self, layer: QgsVectorLayer, when: QgsDateTimeRange, field: str) -> set[str]:
        """Values of a time field of the features that the Temporal Controller leaves."""
        context = QgsVectorLayerTemporalContext()
        context.setLayer(layer)
        shown = layer.getFeatures(layer.temporalProperties().createFilterString(context, when))
        return {feature[field].toString(Qt.DateFormat.ISODate) for feature in shown}

    def ground_of(self, layer: QgsVectorLayer) -> QgsRectangle:
        """Around the first lake, EPSG:2154."""
        west, south, east, north = ask('/api/lakes')['lakes'][0]['bbox']
        to_map = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem('EPSG:2154'), QgsProject.instance())
        extent = to_map.transformBoundingBox(QgsRectangle(west, south, east, north))
        extent.scale(1.6)
        return extent

    def test_pictures_to_look_at(self) -> None:
        if not SHOTS:
            self.skipTest('RIVAGE_SHOTS names no folder')
        folder = Path(SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        for language in LANGUAGES:
            layers = {}
            for name in self.catalogue[language]:
                layer = (open_postgis if self.on_server else open_ogc)(self.catalogue[language][name])
                if layer.wkbType() != QgsWkbTypes.Type.NoGeometry:
                    layers[name] = apply_style(layer, self.style_of(name, language))
            QgsProject.instance().addMapLayers(list(layers.values()), False)
            ground = self.ground_of(layers['lake_map'])
            under = [layers[name] for name in ('zone_map', 'lake_map') if name in layers]
            for name, layer in layers.items():
                image = draw([layer, *(other for other in under if other is not layer)], ground)
                self.assertTrue(image.save(str(folder / f'{name}-{language}.png')))
                draw_legend([layer], folder / f'{name}-legend-{language}.png')
            draw(list(layers.values()), ground).save(str(folder / f'all-{language}.png'))
            draw_legend(list(layers.values()), folder / f'all-legend-{language}.png')
            QgsProject.instance().removeAllMapLayers()


@needs_service
class Heat(unittest.TestCase):
    """The heatmap's disc on the ground."""

    def disc_width_m(self, crs: str, metres_per_unit: float) -> float:
        """How wide one tent-night is drawn, m, on a map in a CRS."""
        layer = QgsVectorLayer('Point?crs=EPSG:4326&field=night:date&field=weight:double', 'one', 'memory')
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(6.4, 44.8)))
        feature['weight'] = 100
        layer.dataProvider().addFeature(feature)
        apply_style(layer, fetch_style('/api/layers/bivouac_heatmap/style.qml', 'en'))
        to_map = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem(crs), QgsProject.instance())
        centre, half = to_map.transform(QgsPointXY(6.4, 44.8)), 50 / metres_per_unit
        extent = QgsRectangle(centre.x() - half, centre.y() - half, centre.x() + half, centre.y() + half)
        image = draw([layer], extent, crs, size=(500, 500))
        row = [image.pixel(x, 250) != image.pixel(0, 0) for x in range(500)]
        return sum(row) / 500 * 100

    def test_it_is_measured_in_metres_in_lambert_93(self) -> None:
        self.assertAlmostEqual(self.disc_width_m('EPSG:2154', 1), 40, delta=2)

    def test_it_is_measured_in_metres_on_a_map_in_degrees(self) -> None:
        # one degree of longitude at 44.8° N
        self.assertAlmostEqual(self.disc_width_m('EPSG:4326', 79_100), 40, delta=4)

    def test_on_a_web_mercator_map_it_is_as_wide_as_that_map_says(self) -> None:
        # QGIS takes the units of a map for metres where they are called so: 40 of them are 28 m on the ground here
        self.assertAlmostEqual(self.disc_width_m('EPSG:3857', 0.7096), 40 * 0.7096, delta=3)


if __name__ == '__main__':
    from real_service import end

    end(0 if unittest.main(exit=False).result.wasSuccessful() else 1)
