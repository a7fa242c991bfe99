"""`python -m tocsin` is the program `tocsin`."""

from tocsin.show.cli import main

if __name__ == "__main__":
    main()
