"""Operations on clients."""
