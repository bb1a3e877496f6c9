from shop.pages import show

show()
