"""The people and companies in the model: each file holds one kind of agent whole."""
