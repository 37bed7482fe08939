"""The process: `uvicorn chat_app.server:app`."""

import os
import sys

from chat_app import chainlit_folder
from course.errors import LecternError
from course.logs import configure_logs
from course.settings import settings_from_environment

try:
    settings = settings_from_environment()
    configure_logs("chat", settings.log_level, project=os.environ.get("GOOGLE_CLOUD_PROJECT"))
    folder = chainlit_folder.prepare(settings)
except LecternError as error:
    sys.exit(error.sentence)

# Only now: Chainlit reads its folder and its secret as it is imported.
from chat_app.web import create_app
from chat_app.wiring import build

try:
    parts = build(settings)
except LecternError as error:
    chainlit_folder.remove(folder)
    sys.exit(error.sentence)
app = create_app(parts, folder)
