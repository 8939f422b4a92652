from madoguchi.project.cli import main

main()
