from company_framework import make

app = make()
