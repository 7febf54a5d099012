class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=(), sign=""):
        self.data = data
        self.grad = 0.0
        self.parents = set(parents)
        self.sign = sign
        self.pull = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def pull():
            self.grad += out.grad
            other.grad += out.grad

        out.pull = pull
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")

        def pull():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pull = pull
        return out

    def __repr__(self):
        return f"Value({self.data:.2f})"

    def backward(self):
        order, seen = [], []

        def visit(node):
            if node not in seen:
                seen.append(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pull()


a, b = Value(2.0), Value(-3.0)
c = a * b + a
c.backward()
print(c, a.grad, b.grad, [n.sign for n in (a, c)])
