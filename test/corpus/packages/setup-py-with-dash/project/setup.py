from setuptools import setup

setup(name="test-app")
