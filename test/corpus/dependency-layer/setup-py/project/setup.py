from setuptools import setup
setup(name="ours", install_requires=["flask"])
