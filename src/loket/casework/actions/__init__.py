"""The only writers of casework: keyword-only, `by=`, one transaction through `audit.actions.act`, a folder of verbs."""
