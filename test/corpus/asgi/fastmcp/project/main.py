from fastmcp import FastMCP

mcp = FastMCP("sums")


@mcp.tool
def add(a: int, b: int) -> int:
    return a + b


web = mcp.http_app()

if __name__ == "__main__":
    mcp.run()
