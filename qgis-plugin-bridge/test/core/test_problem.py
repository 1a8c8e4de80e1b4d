"""Failures become sentences with a mend."""
from __future__ import annotations

import json
import unittest

from rivage.core.problem import read_problem, too_slow, unreachable
from rivage.core.words import set_language

ADDRESS = 'http://127.0.0.1:8686'


class Problems(unittest.TestCase):
    def tearDown(self) -> None:
        set_language('en')

    def test_the_services_own_sentence_is_kept(self) -> None:
        body = json.dumps({'code': 'camera-busy', 'detail': 'Wait.', 'status': 409}).encode()
        problem = read_problem(409, body, ADDRESS)
        self.assertEqual(('camera-busy', 'Wait.', 409), (problem.code, problem.detail, problem.status))

    def test_an_answer_without_an_explanation_gets_ours(self) -> None:
        for body in (b'', b'<html>oops</html>', b'[]', b'{"detail": 1}', b'\xff\xfe', b'"text"', b'null'):
            problem = read_problem(500, body, ADDRESS)
            self.assertEqual('answer-foreign', problem.code)
            self.assertIn('500', problem.detail)
            self.assertIn(ADDRESS, problem.detail)

    def test_a_refusal_without_an_explanation_asks_for_the_token(self) -> None:
        self.assertEqual('token-missing', read_problem(401, b'no', ADDRESS).code)

    def test_a_token_is_asked_for_where_it_can_be_given(self) -> None:
        for code, told in (('token-missing', 'asks for its token'), ('token-wrong', 'refuses the token')):
            body = json.dumps({'code': code, 'detail': 'For every program.'}).encode()
            problem = read_problem(401, body, ADDRESS)
            self.assertEqual(code, problem.code)
            self.assertIn(told, problem.detail)
            self.assertIn('lock', problem.detail)

    def test_ours_speak_french_too(self) -> None:
        set_language('fr')
        self.assertIn('Rien ne répond à ' + ADDRESS, unreachable(ADDRESS).detail)
        self.assertIn('30 s', too_slow(ADDRESS, 30).detail)
