from . import o2c_draft_return
