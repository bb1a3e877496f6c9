from fastapi import FastAPI


def create_app(settings):
    return FastAPI(title=settings.title)
