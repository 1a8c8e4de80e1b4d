"""The algorithms against a real service, in a real QGIS."""
from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from real_service import RIVAGE_URL, ask, keep_token, needs_service, wait_for

from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsPoint,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant
from rivage.core.words import set_language
from rivage.processing.provider import RivageProvider

ENGINE = {'ADDRESS': RIVAGE_URL, 'DATABASE_USER': os.environ.get('RIVAGE_DATABASE_USER', 'postgres')}
CAMERA = 'south'


def point_layer(rows: list[dict], epsg: int = 2154) -> QgsVectorLayer:
    """Ground control points with u, v and name; heights in the geometry."""
    layer = QgsVectorLayer(f'PointZ?crs=EPSG:{epsg}', 'gcps', 'memory')
    layer.dataProvider().addAttributes([QgsField('name', QVariant.String), QgsField('u', QVariant.Double),
                                        QgsField('v', QVariant.Double)])
    layer.updateFields()
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry(QgsPoint(row['x'], row['y'], row['z'])))
        feature.setAttributes([row['name'], row['u'], row['v']])
        layer.dataProvider().addFeature(feature)
    return layer


def known_gcps(camera: str) -> list[dict]:
    """The points that the camera is calibrated by, in EPSG:4326."""
    current = next(one for one in ask(f'/api/cameras/{camera}/calibrations')['calibrations']
                   if one['withdrawnAt'] is None)
    solved = ask(f"/api/calibrations/{current['id']}")['calibration']
    return [{'name': gcp['name'], **gcp['pixel'], 'x': gcp['position']['lng'], 'y': gcp['position']['lat'],
             'z': gcp['position']['heightM'], 'solved': solved} for gcp in solved['gcps']]


@needs_service
class Algorithms(unittest.TestCase):
    """Run as the toolbox runs them, in this thread."""

    @classmethod
    def setUpClass(cls) -> None:
        set_language('en')
        keep_token(RIVAGE_URL)
        cls.provider = RivageProvider()
        QgsApplication.processingRegistry().addProvider(cls.provider)
        if not ask(f'/api/cameras/{CAMERA}/calibrations')['calibrations']:
            # the first run stores the calibration that the workspace has
            run_id = ask('/api/runs', body={'kind': 'process', 'cameraIds': [CAMERA]})['id']
            wait_for(lambda: ask(f'/api/runs/{run_id}')['state'] not in ('queued', 'running'), 120)

    def setUp(self) -> None:
        QgsProject.instance().clear()

    def _run(self, name: str, parameters: dict, feedback: QgsProcessingFeedback | None = None):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f'rivage:{name}')
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        feedback = feedback or QgsProcessingFeedback(False)
        self.context = context
        result, done = algorithm.run(parameters, context, feedback, catchExceptions=False)
        self.assertTrue(done)
        return result

    def _layer(self, result: dict, name: str):
        return self.context.getMapLayer(result[name]) or QgsVectorLayer(result[name], name, 'ogr')

    def test_processing_waits_for_the_run_and_tells_its_counts(self) -> None:
        progress: list[float] = []
        feedback = QgsProcessingFeedback(False)
        feedback.progressChanged.connect(progress.append)
        result = self._run('process', {'ADDRESS': RIVAGE_URL, 'KIND': 1, 'CAMERAS': CAMERA}, feedback)
        run = ask(f"/api/runs/{result['RUN_ID']}")
        self.assertEqual('done', result['STATE'])
        self.assertEqual((run['total'], run['done'], run['failed']),
                         (result['TOTAL'], result['DONE'], result['FAILED']))

    def test_algorithms_work_inside_a_model(self) -> None:
        model = QgsProcessingModelAlgorithm('season', 'season')
        child = QgsProcessingModelChildAlgorithm('rivage:heatmap')
        child.setChildId('heat')
        for name, value in {**ENGINE, 'LABEL': 'tent', 'KIND': 0, 'SIZE': 30}.items():
            child.addParameterSources(name, [QgsProcessingModelChildParameterSource.fromStaticValue(value)])
        output = QgsProcessingModelOutput('hexagons')
        output.setChildId('heat')
        output.setChildOutputName('OUTPUT')
        child.setModelOutputs({'hexagons': output})
        model.addChildAlgorithm(child)
        model.updateDestinationParameters()
        self.context = QgsProcessingContext()
        self.context.setProject(QgsProject.instance())
        result, done = model.run({'heat:hexagons': 'TEMPORARY_OUTPUT'}, self.context, QgsProcessingFeedback(False))
        self.assertTrue(done)
        [made] = [name for name in result if 'hexagons' in name]
        hexagons = self._layer(result, made)
        self.assertGreater(hexagons.featureCount(), 0)
        self.assertEqual({'integer', 'double'} & {field.typeName().lower() for field in hexagons.fields()},
                         {'integer', 'double'})

    def test_cancelling_cancels_the_run_in_the_service(self) -> None:
        class Impatient(QgsProcessingFeedback):
            """A person who cancels as soon as the run has begun."""

            def pushInfo(self, _text: str) -> None:  # noqa: N802 (name given by QGIS)
                self.cancel()

        result = self._run('process', {'ADDRESS': RIVAGE_URL, 'KIND': 1}, Impatient(False))
        self.assertEqual('cancelled', result['STATE'])
        wait_for(lambda: ask(f"/api/runs/{result['RUN_ID']}")['state'] == 'cancelled')

    def test_a_camera_that_is_not_there_is_refused_in_the_services_words(self) -> None:
        with self.assertRaisesRegex(QgsProcessingException, 'nowhere'):
            self._run('process', {'ADDRESS': RIVAGE_URL, 'CAMERAS': 'nowhere'})

    def test_a_service_that_is_not_there_is_told_with_its_mend(self) -> None:
        with self.assertRaisesRegex(QgsProcessingException, 'Start Rivage there'):
            self._run('process', {'ADDRESS': 'http://127.0.0.1:9'})

    def test_layers_go_into_the_open_project_once(self) -> None:
        first = self._run('addlayers', ENGINE)
        self.assertEqual(len(QgsProject.instance().mapLayers()), first['ADDED'])
        self.assertGreater(first['ADDED'], 4)
        self.assertEqual(0, self._run('addlayers', ENGINE)['ADDED'])
        self.assertEqual(len(QgsProject.instance().mapLayers()), first['ADDED'])

    def test_layers_go_into_a_project_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = str(Path(folder) / 'lake.qgz')
            result = self._run('addlayers', {**ENGINE, 'PROJECT': file})
            project = QgsProject()
            self.assertTrue(project.read(file))
            self.assertEqual(result['ADDED'], len(project.mapLayers()))
            self.assertTrue(all(layer.isValid() for layer in project.mapLayers().values()))
        self.assertEqual({}, QgsProject.instance().mapLayers())

    def test_a_smooth_heatmap_has_the_points_of_its_nights(self) -> None:
        result = self._run('heatmap', {**ENGINE, 'LABEL': 'tent', 'KIND': 1, 'SIZE': 15, 'FROM': '2024-07-05',
                                       'TO': '2024-07-07', 'OUTPUT': 'memory:'})
        every = ask('/ogc/collections/bivouac_heatmap/items?limit=10000')['features']
        wanted = [one for one in every if '2024-07-05' <= one['properties']['night'] <= '2024-07-07']
        self.assertEqual(len(wanted), result['COUNT'])
        self.assertEqual(len(wanted), self._layer(result, 'OUTPUT').featureCount())

    def test_hexagons_are_those_of_the_service(self) -> None:
        result = self._run('heatmap', {**ENGINE, 'LABEL': 'person', 'KIND': 0, 'SIZE': 30, 'OUTPUT': 'memory:'})
        lake = ask('/api/lakes')['lakes'][0]['id']
        told = ask(f'/api/lakes/{lake}/density?label=person&cellM=30')['features']
        self.assertEqual(len(told), result['COUNT'])

    def test_calibrating_with_known_points_finds_the_known_pose(self) -> None:
        gcps = known_gcps(CAMERA)
        result = self._run('calibrate', {'ADDRESS': RIVAGE_URL, 'CAMERA': CAMERA, 'INPUT': point_layer(gcps, 4326),
                                         'U': 'u', 'V': 'v', 'NAME': 'name', 'RESIDUALS': 'memory:'})
        pose = gcps[0]['solved']['pose']
        self.assertAlmostEqual(pose['headingDeg'], result['HEADING'], delta=0.05)
        self.assertAlmostEqual(pose['pitchDeg'], result['PITCH'], delta=0.05)
        self.assertLess(result['RMSE'], 5)
        self.assertEqual(len(gcps), self._layer(result, 'RESIDUALS').featureCount())
        self.assertIsNone(result['CALIBRATION_ID'])

    def test_a_bad_click_is_marked_in_the_residuals(self) -> None:
        gcps = known_gcps(CAMERA)
        gcps[2]['u'] -= 120
        result = self._run('calibrate', {'ADDRESS': RIVAGE_URL, 'CAMERA': CAMERA, 'INPUT': point_layer(gcps, 4326),
                                         'U': 'u', 'V': 'v', 'NAME': 'name', 'RESIDUALS': 'memory:'})
        marked = [row['name'] for row in self._layer(result, 'RESIDUALS').getFeatures() if row['outlier']]
        self.assertEqual([gcps[2]['name']], marked)

    def test_pixels_are_put_where_the_service_puts_them(self) -> None:
        table = QgsVectorLayer('NoGeometry?field=u:double&field=v:double&field=note:string', 'pixels', 'memory')
        pixels = [(960, 900), (300, 800), (960, 1)]
        for u, v in pixels:
            feature = QgsFeature(table.fields())
            feature.setAttributes([u, v, f'{u}/{v}'])
            table.dataProvider().addFeature(feature)
        result = self._run('locate', {'ADDRESS': RIVAGE_URL, 'CAMERA': CAMERA, 'INPUT': table, 'U': 'u', 'V': 'v',
                                      'AT': '2025-08-08T12:00:00', 'OUTPUT': 'memory:'})
        told = ask(f'/api/cameras/{CAMERA}/locations', body={
            'pixels': [{'u': u, 'v': v} for u, v in pixels], 'at': '2025-08-08T12:00:00Z'})['locations']
        rows = list(self._layer(result, 'OUTPUT').getFeatures())
        self.assertEqual(sum(one['location'] is not None for one in told), result['LOCATED'])
        self.assertGreater(result['LOCATED'], 0)
        self.assertGreater(result['WITHOUT_PLACE'], 0)
        for row, one in zip(rows, told):
            if one['location'] is None:
                self.assertTrue(row.geometry().isNull())
                self.assertEqual(one['noLocationReason'], row['no_place'])
            else:
                self.assertAlmostEqual(one['location']['lng'], row.geometry().asPoint().x(), 7)
                self.assertAlmostEqual(one['location']['ellipse']['semiMajorM'], row['semi_major_m'], 6)
                self.assertEqual(f"{row['u']:g}/{row['v']:g}", row['note'])

    def test_every_algorithm_has_help_in_both_languages(self) -> None:
        for algorithm in self.provider.algorithms():
            texts = []
            for language in ('en', 'fr'):
                set_language(language)
                texts.append((algorithm.shortHelpString(), algorithm.createInstance().displayName()))
            set_language('en')
            self.assertNotEqual(texts[0], texts[1], algorithm.name())
            self.assertTrue(all(len(text[0]) > 80 for text in texts), algorithm.name())
        self.assertEqual(5, len(self.provider.algorithms()))


if __name__ == '__main__':
    from real_service import end

    end(0 if unittest.main(exit=False).result.wasSuccessful() else 1)
