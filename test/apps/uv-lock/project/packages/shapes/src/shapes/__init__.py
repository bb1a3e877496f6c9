from markupsafe import escape


def describe(name):
    return f"a {escape(name)} by markupsafe"
