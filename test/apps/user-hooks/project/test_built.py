import unittest

import built


class Built(unittest.TestCase):
    def test_the_version_is_known(self):
        self.assertRegex(built.GUNICORN, r"^\d+\.")
