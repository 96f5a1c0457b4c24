"""One request from outside: routing, authentication, pace, the rule, the answer."""
