from setuptools import setup

setup(name="testapp", py_modules=["testapp"], install_requires=["gunicorn"])
