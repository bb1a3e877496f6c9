from fastapi import FastAPI

app = FastAPI()


@app.get('/')
async def page():
    return {'hello': 'world'}
