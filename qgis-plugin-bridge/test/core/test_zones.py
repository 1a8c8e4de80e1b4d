"""Zones as they are drawn and sent."""
from __future__ import annotations

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rivage.core.words import set_language  # noqa: E402
from rivage.core.zones import (  # noqa: E402
    COLOURS, DrawnZone, is_same, kind_labels, read_zones, say_fault, say_refused, to_body,
)

RING = ((6.4, 44.9), (6.401, 44.9), (6.401, 44.901), (6.4, 44.9))
SHORE = DrawnZone('shore', 'shore', 'Shore', (RING,))


class Zones(unittest.TestCase):
    def setUp(self) -> None:
        set_language('en')

    def test_what_is_read_and_sent_back_is_the_same_to_the_last_digit(self) -> None:
        told = {'type': 'FeatureCollection', 'version': 'v1', 'features': [
            {'type': 'Feature', 'properties': {'id': 'shore', 'kind': 'shore', 'name': 'Shore'},
             'geometry': {'type': 'Polygon', 'coordinates': [[list(at) for at in RING]]}}]}
        read = read_zones(told)
        self.assertEqual(to_body(read.zones, read.version), told)

    def test_of_two_zones_with_one_id_the_later_is_new(self) -> None:
        half, new = DrawnZone('shore', 'shore', 'Half', (RING,)), DrawnZone(None, 'trail', '', (RING,))
        body = to_body([SHORE, half, new], 'v')
        self.assertEqual([each['properties'].get('id') for each in body['features']], ['shore', None, None])

    def test_the_order_of_zones_is_no_change_and_any_other_difference_is_one(self) -> None:
        trail = DrawnZone('trail', 'trail', 'Trail', (RING,))
        self.assertTrue(is_same([SHORE, trail], [trail, SHORE]))
        for other in (DrawnZone('shore', 'meadow', 'Shore', (RING,)), DrawnZone('shore', 'shore', 'Rive', (RING,)),
                      DrawnZone('shore', 'shore', 'Shore', (RING[::-1],)), DrawnZone(None, 'shore', 'Shore', (RING,))):
            self.assertFalse(is_same([SHORE], [other]))
        self.assertFalse(is_same([SHORE], [SHORE, trail]))

    def test_every_kind_has_a_colour_and_a_label_in_both_languages(self) -> None:
        self.assertEqual(set(COLOURS), set(kind_labels()))
        english = kind_labels()
        set_language('fr')
        self.assertEqual(kind_labels()['mask'], 'Masque de confidentialité')
        self.assertTrue(all(english[kind] != label for kind, label in kind_labels().items()))

    def test_a_fault_is_told_in_the_language_of_the_user_with_its_place(self) -> None:
        set_language('fr')
        told = say_refused('La zone « Anse »', say_fault('Self-intersection'), (6.4002, 44.89865))
        self.assertEqual(told, 'La zone « Anse » n’est pas envoyée, rien n’est modifié : son contour se croise en '
                         '6.400200, 44.898650 (marqué sur la carte). Corrigez-la avec l’outil de nœud, puis renvoyez.')

    def test_a_fault_that_is_not_known_is_told_as_geos_says_it(self) -> None:
        self.assertEqual(say_fault('Something new'), 'Something new')


if __name__ == '__main__':
    unittest.main()
