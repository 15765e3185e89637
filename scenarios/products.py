"""What the company sells."""

from scenarios.declare import Section, assumption, literature, par


class Product(Section):
    """One product, relative to what a prospect of its segment buys on average.

    The first of a company's products is the one everybody can sell.
    """

    price: float = par(1.0, unit="x", ge=0.01, le=100, plausible=(0.5, 2), source=assumption("A110"))
    """List price relative to what the prospect would spend on an ordinary product."""
    worth: float = par(1.0, unit="x", ge=0.01, le=100, plausible=(0.5, 2), source=assumption("A110"))
    """What such a product is worth to buyers, and costs elsewhere; they compare its list price with that."""
    gross_margin: float = par(0.75, unit="share", ge=0.001, le=1, plausible=(0.3, 0.95), source=assumption("A40"))
    """Share of a list price equal to its worth that remains after delivering the product; dearer ones cost no more."""
    selling_h: float = par(1.0, unit="x", ge=0.01, le=100, plausible=(0.5, 2), source=assumption("A110"))
    """Selling hours relative to those of the segment."""
    appeal: float = par(0.0, unit="logits", ge=-10, le=10, plausible=(-1, 1), source=assumption("A110"))
    """What the product adds to the log-odds of a win if it is sold by somebody who knows it."""
    untrained_loss: float = par(
        0.0, unit="logits", ge=0, le=10, plausible=(0, 2.5), source=literature("facts 9, product mix")
    )
    """Log-odds of a win lost by a rep who has never been trained for it and has nothing to show."""
    satisfaction: float = par(0.0, unit="share", ge=-1, le=1, plausible=(-0.2, 0.2), source=assumption("A110"))
    """What the product itself adds to a customer's satisfaction."""
