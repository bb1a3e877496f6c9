"""A package whose module has the package's name: that is how its application is found."""

from setuptools import setup

setup(name="testapp", version="1.2", py_modules=["testapp"], install_requires=[])
