"""The pages of an author: hand over, see the attack, mend, sign, publish, withdraw."""
