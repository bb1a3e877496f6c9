from litestar import Litestar


def create_app(debug: bool = False) -> Litestar:
    return Litestar([], debug=debug)
