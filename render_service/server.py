"""The process: `uvicorn render_service.server:app`."""

import sys

from course.errors import LecternError
from course.settings import settings_from_environment
from render_service.app import create_app

try:
    app = create_app(settings_from_environment())
except LecternError as error:
    sys.exit(error.sentence)
