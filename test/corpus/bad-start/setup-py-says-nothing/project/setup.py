name()
