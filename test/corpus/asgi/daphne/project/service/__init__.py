import quart

if True:
    app = quart.Quart(__name__)
