exec python app.py
