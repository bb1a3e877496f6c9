import { describe, expect, test } from 'vitest';
import { findLoopback } from '../../src/inspect/applications/loopback.ts';

const flask = 'from flask import Flask\napp = Flask(__name__)\n';

describe('a call of run that listens on 127.0.0.1 [V15]', () => {
  test.each([
    [`${flask}app.run()\n`, 'app.run', 3],
    [`${flask}if __name__ == "__main__":\n    app.run(debug=True, port=int(os.environ.get("PORT", 8080)))\n`, 'app.run', 4],
    [`${flask}app.run(host="localhost")\n`, 'app.run', 3],
    ['import uvicorn\nuvicorn.run("main:app", reload=True)\n', 'uvicorn.run', 2],
    ['from dash import Dash\napp = Dash()\napp.run_server(debug=False)\n', 'app.run_server', 3],
  ])('%j', (text, call, line) => {
    expect(findLoopback(text)).toEqual({ call, line });
  });

  test.each([
    `${flask}app.run(host="0.0.0.0")\n`,
    `${flask}app.run(debug=True, host=settings.host)\n`,
    `${flask}app.run("0.0.0.0", 8080)\n`,
    `${flask}app.run(address)\n`,
    `${flask}app.run(**options)\n`,
    `${flask}app.config["SERVER_NAME"] = "0.0.0.0:8080"\napp.run()\n`,
    `${flask}# app.run()\n`,
    `${flask}app.run(\n`,
    `${flask}app.run()\nother.run(host="::")\n`,
    'import asyncio\nasyncio.run(main())\n',
    'import uvicorn, asyncio\nasyncio.run(main())\n',
    'from robots import Robot\nRobot().run()\nrobot.run()\n',
  ])('not %j', (text) => {
    expect(findLoopback(text)).toBeUndefined();
  });
});
