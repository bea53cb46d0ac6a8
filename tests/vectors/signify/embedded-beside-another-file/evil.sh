evil
