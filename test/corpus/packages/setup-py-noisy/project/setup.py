from setuptools import setup

print("hello from setup.py")
setup(name="".join(["test", "app"]))
