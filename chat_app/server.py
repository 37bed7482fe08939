"""The process: `uvicorn chat_app.server:app`."""

import os
import sys

from chat_app import chainlit_folder
from course.errors import LecternError
from course.logs import configure_logs
from course.settings import settings_from_environment

settings = settings_from_environment()
configure_logs("chat", settings.log_level, project=os.environ.get("GOOGLE_CLOUD_PROJECT"))
try:
    folder = chainlit_folder.prepare(settings)
except LecternError as error:
    sys.exit(error.sentence)

# Only now: Chainlit reads its folder and its secret as it is imported.
from chat_app.web import create_app  # noqa: E402
from chat_app.wiring import build  # noqa: E402

app = create_app(build(settings), folder)
