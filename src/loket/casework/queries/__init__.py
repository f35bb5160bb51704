"""The only readers of casework: what somebody may see, as plain objects; reading about a person is logged."""
