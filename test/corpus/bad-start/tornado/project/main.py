import asyncio
import os

import tornado


class Page(tornado.web.RequestHandler):
    def get(self):
        self.write("hello")


async def main():
    tornado.web.Application([("/", Page)]).listen(int(os.environ.get("PORT", "8080")))
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
