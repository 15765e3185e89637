"""What is asked for cannot be done; the browser is told why."""


class Refused(Exception):
    """An answer with an HTTP `status`, a `reason` that pages translate, and a sentence for those that do not."""

    def __init__(self, status: int, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.reason = reason
        self.sentence = sentence
