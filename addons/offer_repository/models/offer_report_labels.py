"""Labels of a selection that a report takes from the record it is about."""


def labels_of(model, name):
    """Return what makes a report's selection, in the language of whoever reads it.

    :param model: name of the record's model
    :param name: of its field
    """
    return lambda self: self.env[model]._fields[name]._description_selection(self.env)
