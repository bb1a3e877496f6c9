FROM s2i-python:3.13-minimal
USER 0
COPY . .
RUN pip install -r requirements.txt
RUN chown -R 1001:0 /opt/app-root
RUN chmod -R g=u /opt/app-root
USER 1001
CMD ["gunicorn", "--bind", "0.0.0.0:8080", "wsgi"]
