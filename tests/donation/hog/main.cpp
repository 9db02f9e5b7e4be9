// donation-hog: uses all the CPU time that it gets, and calls nobody.
int main()
{
    for (;;)
        asm volatile("");
}
