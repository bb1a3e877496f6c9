from setuptools import setup

setup(name="testapp")
