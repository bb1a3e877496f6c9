from setuptools import setup
setup(name=read("name"))
