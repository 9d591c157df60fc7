from . import o2c_question
from . import o2c_question_answer
from . import o2c_question_case
