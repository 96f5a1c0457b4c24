"""Operations on saft."""
