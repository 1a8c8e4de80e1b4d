"""The layer catalogue, read from the service's JSON."""
from __future__ import annotations

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rivage.core.catalogue import OgcSource, PostgisSource, find_database, name_group, read_catalogue  # noqa: E402

POSTGIS = {'kind': 'postgis', 'host': 'db', 'port': 5433, 'database': 'lakes', 'role': 'rivage_reader',
           'schema': 'rivage', 'table': 'lake_map'}
OGC = {'kind': 'ogc-api-features', 'landingPage': 'http://127.0.0.1:8686/ogc', 'collection': 'lake_map'}


def told(layer_id: str, order: int, source: dict) -> dict:
    """A layer as the service tells it."""
    return {
        'id': layer_id, 'title': layer_id.title(), 'description': '', 'group': {'id': 'places', 'title': 'Places'},
        'order': order, 'source': source, 'key': 'fid', 'geometryColumn': 'geom', 'geometryType': 'POLYGON',
        'srid': 4326, 'style': {'name': 'Rivage', 'href': f'/api/layers/{layer_id}/style.qml'},
        'timeField': None, 'timeEndField': None,
    }


class Catalogue(unittest.TestCase):
    """Reading it, and what it says of itself."""

    def test_layers_come_from_the_top_down(self) -> None:
        layers = read_catalogue({'layers': [told('b', 1, OGC), told('a', 0, OGC)]})
        self.assertEqual(['a', 'b'], [layer.id for layer in layers])
        self.assertEqual(OgcSource('http://127.0.0.1:8686/ogc', 'lake_map'), layers[0].source)
        self.assertIsNone(find_database(layers))

    def test_a_view_of_a_server_says_which_database(self) -> None:
        source = find_database(read_catalogue({'layers': [told('a', 0, POSTGIS)]}))
        self.assertIsInstance(source, PostgisSource)
        self.assertEqual('db:5433/lakes', source.place)

    def test_a_layer_without_a_style_has_none(self) -> None:
        layer = told('a', 0, OGC) | {'style': None}
        self.assertIsNone(read_catalogue({'layers': [layer]})[0].style_href)

    def test_a_layer_is_shown_unless_the_service_says_otherwise(self) -> None:
        layers = read_catalogue({'layers': [told('a', 0, OGC), told('b', 1, OGC) | {'visible': False}]})
        self.assertEqual([True, False], [layer.visible for layer in layers])

    def test_a_source_of_another_kind_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            read_catalogue({'layers': [told('a', 0, {'kind': 'wfs'})]})

    def test_the_group_is_named_after_at_most_three_lakes(self) -> None:
        self.assertEqual('Rivage – Lauvitel', name_group(['Lauvitel']))
        self.assertEqual('Rivage – A, B, C, …', name_group(['A', 'B', 'C', 'D']))


if __name__ == '__main__':
    unittest.main()
